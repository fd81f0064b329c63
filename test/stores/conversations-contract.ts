import { describe } from '@jest/globals';
import { tellStory, type Kind } from './conversation-story.js';
import { describeInbox, describeLease } from './conversations-contract-inbox.js';
import { describeCommit, describeOutbox } from './conversations-contract-outbox.js';
import { describeWhole } from './conversations-contract-whole.js';

/** The guarantees of the ConversationStore port, run against every implementation. */
export function describeConversations(kind: Kind): void {
  describe(`conversations in ${kind.name}`, () => {
    const story = tellStory(kind);
    describeInbox(story);
    describeLease(story);
    describeCommit(story);
    describeOutbox(story);
    describeWhole(story);
  });
}
