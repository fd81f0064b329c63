/** Ideas that messages are made of, the same in every language: what is asked, offered, said, and what makes it harmless. */
export const IDEAS = [
  'card', 'digits', 'secret', 'pin', 'code', 'password', 'bank', 'account', 'photo', 'give', 'need', 'whole',
  'screen', 'cash', 'payapp', 'chat', 'pay', 'me', 'person', 'private', 'cheaper', 'shop', 'avoid', 'cancel',
  'dispute', 'arrive', 'stock', 'sure', 'source', 'hedge', 'past', 'deadline', 'refund', 'parcel', 'insult', 'brain',
  'child', 'whine', 'people', 'threat', 'blame', 'sorry', 'say', 'choose', 'defect', 'nobody', 'though', 'customs',
  'value', 'gift', 'gain', 'pretend', 'hide', 'insurer', 'truth', 'not', 'anyone', 'safe', 'please', 'we',
  'you', 'thanks', 'mock', 'dismiss', 'ability', 'endear',
  'reply', 'hours', 'yours', 'tamper', 'protect', 'meet', 'refuse', 'story',
] as const;

/** One of them. */
export type IdeaName = (typeof IDEAS)[number];

/** The words of each idea in one language, written as the patterns of `guard-words.ts` are. */
export type GuardIdeas = Readonly<Record<IdeaName, string>>;
