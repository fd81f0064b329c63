/** That a customer was asked whether a case is solved, and the answer. */
export interface Rating {
  /** What was solved: a ticket, a case's number, or the write that settled it. */
  readonly case: string;
  readonly conversationId: string;
  readonly solvedAt: string;
  readonly askedAt: string;
  readonly answeredAt?: string;
  readonly score?: 'good' | 'bad';
}

/** Whether customers say that their cases are solved. A case is asked about once, and the first answer stands. */
export interface Ratings {
  ask(rating: Pick<Rating, 'case' | 'conversationId' | 'solvedAt' | 'askedAt'>): Promise<void>;
  answer(caseId: string, score: 'good' | 'bad', at: string): Promise<void>;
  find(caseId: string): Promise<Rating | null>;
  ofConversation(conversationId: string): Promise<Rating[]>;
}
