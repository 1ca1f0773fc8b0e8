// Preloaded into a process (`node --import`) that must not speak to anyone: the first try ends it, with its reason.
import { Socket as DatagramSocket } from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';

function refuse(what) {
  return () => {
    console.error(`network used: ${what}`);
    process.exit(99);
  };
}

Socket.prototype.connect = refuse('connect');
DatagramSocket.prototype.send = refuse('send');
dns.lookup = refuse('lookup');
syncBuiltinESMExports();
