import { describeChannelContract, type ChannelHarness, type Shown } from '../contract.js';
import { multipart, openSocket, startServer, type Seen } from './support.js';

async function create(): Promise<ChannelHarness> {
  const server = await startServer({ bot: () => undefined, isStarted: false, settings: { holdMs: 200 } });
  const { token, conversationId } = await server.widgetToken();
  const id = `web:${conversationId}`;
  const socket = await openSocket(await server.streamUrl(conversationId, token));
  let pressed = 0;

  const isRight = ({ status }: { readonly status: number }) => {
    if (status !== 200) throw new Error(`answered ${status}`);
  };
  const shown = (activity: Seen): Shown => ({
    text: activity.text ?? '',
    choices: (activity.suggestedActions?.actions ?? []).map((action) => ({ label: String(action['title']), press: action })),
    fileNames: (activity.attachments ?? []).map(({ name }) => name),
  });
  const botLines = () => socket.seen.filter(({ type, from }) => type === 'message' && from.role === 'bot');

  return {
    channel: server.channel,
    start: (door) => server.channel.start({
      async accept(incoming) {
        const outcome = await door.accept(incoming);
        if (outcome === 'accepted') await server.log.door.accept(incoming);
        return outcome;
      },
    }),
    async customerSends({ id: clientActivityID, text, file }, deliveries = 1) {
      const activity = { type: 'message', text, channelData: { clientActivityID } };
      for (let n = 0; n < deliveries; n += 1) {
        if (file === undefined) isRight(await server.post(conversationId, token, activity));
        else isRight(await server.call('POST', `/v3/directline/conversations/${conversationId}/upload`, { token, ...multipart([{ name: 'activity', type: 'application/vnd.microsoft.activity', bytes: JSON.stringify(activity) }, { name: 'file', fileName: file.name, type: file.type, bytes: file.bytes }]) }));
      }
    },
    async customerPresses(press) {
      const { text, value } = press as { text: string; value: unknown };
      isRight(await server.post(conversationId, token, { type: 'message', text, value, channelData: { clientActivityID: `press-${(pressed += 1)}` } }));
    },
    botSays: async (said) => server.channel.send(await server.log.say(id, said), { conversation: conversationId }),
    async customerSees(count) {
      await socket.until(() => botLines().length >= count);
      return botLines().map(shown);
    },
    async customerOpens(fileName) {
      const file = botLines().flatMap(({ attachments }) => attachments ?? []).find(({ name }) => name === fileName);
      return new Uint8Array(await (await fetch(file?.contentUrl ?? '')).arrayBuffer());
    },
    storeFile: ({ name, type, bytes }) => server.files.put(bytes, { conversationId: id, name, type, at: server.clock.now() }),
    async leftOpen() {
      await socket.closed();
      return [...(server.log.watchers() > 0 ? ['a watch of the store'] : []), ...[...server.app.websocketServer.clients].map(() => 'a socket')];
    },
    close: server.close,
  };
}

describeChannelContract('web', { choices: true, filesIn: true, filesOut: true }, create);
