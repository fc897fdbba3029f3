import net from 'node:net';

/** A door in front of a server that counts the bytes passing in each direction. */
export async function relay(targetPort) {
  const counted = { toServer: 0, toClient: 0 };
  const door = net.createServer(client => {
    const server = net.connect(targetPort, '127.0.0.1');
    client.on('data', bytes => { counted.toServer += bytes.length; });
    server.on('data', bytes => { counted.toClient += bytes.length; });
    for (const end of [client, server]) end.on('error', () => { client.destroy(); server.destroy(); });
    client.pipe(server).pipe(client);
  });
  await new Promise(resolve => door.listen(0, '127.0.0.1', resolve));
  return { port: door.address().port, counted };
}
