export interface EmojiTable {
  app: number;
  name: string;
  file: string;
}

export interface EmojiTables {
  emoji: EmojiTable;
}
