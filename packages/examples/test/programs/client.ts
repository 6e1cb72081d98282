import { type SocketAddr, TcpStream } from '@heddle/runtime/net';

/** Says something, ends its side, and gives all that still comes. */
export async function ask(address: string | SocketAddr, words: string): Promise<string> {
  const stream = await TcpStream.connect(address);
  await stream.writeAll(words);
  return hearOut(stream);
}

/** Ends this side, and gives all that still comes. */
export async function hearOut(stream: TcpStream): Promise<string> {
  await stream.shutdown();
  const decoder = new TextDecoder();
  let heard = '';
  for (let chunk = await stream.read(); chunk !== undefined; chunk = await stream.read()) {
    heard += decoder.decode(chunk, { stream: true });
  }
  stream.close();
  return heard;
}
