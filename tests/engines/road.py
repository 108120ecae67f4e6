"""The road between phone and office, which can be cut: for browsers that cannot be told to be offline."""

import selectors
import socket
import threading
from contextlib import suppress

PIECE = 65_536


class Road:
    """Relays `port` to the office's. While it is cut nobody listens there, and what was under way is broken off."""

    def __init__(self, office: int):
        self._office = office
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = _listen(0)
        self.port: int = self._listener.getsockname()[1]
        self._serve()

    def cut(self) -> None:
        """No connection lives after this, and none can be made."""
        with suppress(OSError):  # cut already
            self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        self._listener.close()
        with self._lock:
            for end in self._ends:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """The office can be reached again, at the same address."""
        self._listener = _listen(self.port)
        self._serve()

    def _serve(self) -> None:
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def _accept(self) -> None:
        listener = self._listener
        while True:
            try:
                phone, _address = listener.accept()
            except OSError:
                return
            with suppress(OSError):
                office = socket.create_connection(("127.0.0.1", self._office))
                threading.Thread(target=self._relay, args=(phone, office), daemon=True).start()

    def _relay(self, phone: socket.socket, office: socket.socket) -> None:
        with self._lock:
            self._ends |= {phone, office}
        with phone, office, selectors.DefaultSelector() as ready, suppress(OSError):
            ready.register(phone, selectors.EVENT_READ, office)
            ready.register(office, selectors.EVENT_READ, phone)
            while all(_pass_on(key.fileobj, key.data) for key, _events in ready.select()):
                pass
            with self._lock:
                self._ends -= {phone, office}


def _pass_on(source: socket.socket, target: socket.socket) -> bool:
    piece = source.recv(PIECE)
    target.sendall(piece)
    return bool(piece)


def _listen(port: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", port), backlog=64)
