export { type AsyncRead, type AsyncWrite, copy } from './copy.js';
export type { OwnedReadHalf, OwnedWriteHalf } from './owned-halves.js';
export type { ReadHalf } from './read-half.js';
export type { Address, SocketAddr } from './socket-addr.js';
export { SocketClosed } from './socket-closed.js';
export { type BindOptions, TcpListener } from './tcp-listener.js';
export { TcpStream } from './tcp-stream.js';
export { UnexpectedEof } from './unexpected-eof.js';
export type { WriteHalf } from './write-half.js';
