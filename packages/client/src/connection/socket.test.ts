import { expect, test } from 'bun:test';
import { JsonSocket, type Socket } from './socket.ts';

test('a socket that the other side closes is given nothing more, and then told as closed', () => {
  const sent: string[] = [];
  const state = { value: 1 };
  let made: Socket | undefined;
  class Fake implements Socket {
    onopen = null;
    onmessage = null;
    onclose: ((event: { code: number }) => void) | null = null;
    onerror = null;
    constructor() {
      made = this;
    }
    get readyState() {
      return state.value;
    }
    send(data: string) {
      sent.push(data);
    }
    close() {}
  }
  const closed: number[] = [];
  const socket = new JsonSocket(Fake, 'ws://node.test', {
    open() {},
    frame() {},
    closed: (code) => closed.push(code),
  });
  socket.send({ id: 1 });
  state.value = 2;
  socket.send({ id: 2 });
  state.value = 3;
  socket.send({ id: 3 });
  made?.onclose?.({ code: 4501 } as never);
  expect([sent, closed]).toEqual([['{"id":1}'], [4501]]);
});
