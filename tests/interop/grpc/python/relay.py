"""A door in front of a server that counts the bytes passing in each direction."""
import socket
import threading


class Relay:
    def __init__(self, target_port):
        self._target = ("127.0.0.1", target_port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self.to_server = 0
        self.to_client = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            client, _ = self._door.accept()
            server = socket.create_connection(self._target)
            threading.Thread(target=self._pump, args=(client, server, "to_server"), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, "to_client"), daemon=True).start()

    def _pump(self, source, sink, direction):
        try:
            while received := source.recv(65536):
                setattr(self, direction, getattr(self, direction) + len(received))
                sink.sendall(received)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
