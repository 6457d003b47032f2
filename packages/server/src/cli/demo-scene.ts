import type { DEMO_FILES } from './demo-files.ts';

interface DemoMore {
  /** The message that it answers, counted from 1. */
  readonly replyTo?: number;
  readonly files?: readonly (keyof typeof DEMO_FILES)[];
}

/** Who the demo people are and what they have said. Emoji reactions are `[message, person, emoji]`, counted from 1. */
export interface DemoConversation {
  readonly id: string;
  /** The first one owns it; a direct conversation has two. */
  readonly people: readonly string[];
  readonly kind: 'direct' | 'group' | 'channel';
  readonly title?: string;
  readonly posting?: 'everyone' | 'admins';
  readonly says: readonly (readonly [person: string, text: string, more?: DemoMore])[];
  readonly reactions?: readonly (readonly [message: number, person: string, emoji: string])[];
}

export const DEMO_PEOPLE: Readonly<Record<string, string>> = {
  ann: 'Ann Baker',
  ben: 'Ben Okafor',
  carla: 'Carla Rossi',
  wangfang: '王芳',
  liwei: '李伟',
};

/** The last one is the mark that all of it is there. */
export const DEMO_CONVERSATIONS: readonly DemoConversation[] = [
  {
    id: 'direct:ann,wangfang',
    kind: 'direct',
    people: ['ann', 'wangfang'],
    says: [
      ['wangfang', '早上好，Ann！上海的样品昨晚寄出了。'],
      ['ann', 'Wonderful, thank you! 谢谢你 🙏'],
      ['wangfang', '不客气。预计周四到，快递单号我稍后发你。'],
      ['ann', 'Perfect, I will tell the shop.'],
    ],
    reactions: [[1, 'ann', '🎉']],
  },
  {
    id: 'direct:liwei,wangfang',
    kind: 'direct',
    people: ['liwei', 'wangfang'],
    says: [
      ['liwei', '周五的发布会场地确认了吗？'],
      ['wangfang', '确认了，二楼的小礼堂，下午三点。'],
      ['liwei', '好的，我来准备投影和麦克风。'],
    ],
  },
  {
    id: 'direct:ann,ben',
    kind: 'direct',
    people: ['ann', 'ben'],
    says: [
      ['ben', 'Did you see the new tiles? The blue ones came out really well.', { files: ['harbour'] }],
      ['ann', 'Just now! The glaze is lovely. How many do we have?'],
      ['ben', 'Forty-two, and another forty in the kiln.'],
      ['ann', 'Enough for the window then. Lunch at one?', { replyTo: 3 }],
      ['ben', 'One is fine. The noodle place?'],
      ['ben', 'By the way, this is the new door bell.', { files: ['bell'] }],
    ],
    reactions: [
      [1, 'ann', '❤️'],
      [4, 'ben', '👍'],
    ],
  },
  {
    id: 'demo-studio',
    kind: 'group',
    title: 'Studio 工作室',
    people: ['ann', 'ben', 'carla', 'wangfang', 'liwei'],
    says: [
      ['carla', 'Morning all! The spring catalogue goes to print on Monday.'],
      ['liwei', '封面照片我今天下午拍，大家有什么想法？'],
      ['ben', 'The blue tiles, near the big window. The light there is best before four.'],
      ['wangfang', '同意，窗边的光线最好 👍', { replyTo: 3 }],
      ['ann', 'Then let us meet there at three. I will bring the wooden frames.'],
      ['carla', 'Great. I need the final list of prices by tonight, please.'],
      ['liwei', '价格表已经更新。', { files: ['prices'] }],
      ['ben', 'One of each, straight from the kiln.', { files: ['harbour', 'brick', 'olive'] }],
      ['wangfang', '太漂亮了！蓝色的做封面吧。'],
    ],
    reactions: [
      [5, 'ben', '👍'],
      [5, 'liwei', '👍'],
      [7, 'carla', '🙏'],
      [8, 'ann', '❤️'],
      [8, 'carla', '❤️'],
    ],
  },
  {
    id: 'demo-news',
    kind: 'channel',
    title: 'News 公告',
    posting: 'admins',
    people: ['carla', 'ann', 'ben', 'wangfang', 'liwei'],
    says: [
      [
        'carla',
        'Welcome! Everything that concerns all of us is posted here. 欢迎关注，重要通知都会发布在这里。',
      ],
      ['carla', 'The studio is closed on Friday for the launch. 周五因发布会闭馆一天。'],
    ],
    reactions: [[2, 'wangfang', '👍']],
  },
];
