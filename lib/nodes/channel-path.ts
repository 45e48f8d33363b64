/** Where on the channel's port the WebSocket of nodes is. */
export const CHANNEL_PATH = '/v1/nodes/channel';
