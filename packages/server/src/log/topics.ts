/** Names of topics in the topic tree: short, as every subscription costs their length. */
export const conversationTopic = (key: string): string => `c${key}`;
export const userTopic = (app: number, user: string): string => `u${app}:${user}`;
export const presenceTopic = (app: number, user: string): string => `p${app}:${user}`;
