"""An encoder around another one: what it is called and can do is the other's."""

from kg.matching.encoder.port import Encoder, Mode


class AroundEncoder:
    """Tells key, mode and reason of the encoder it stands around; encoding is left to those who extend it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def key(self) -> str:
        """See Encoder."""
        return self._encoder.key

    @property
    def mode(self) -> Mode:
        """See Encoder."""
        return self._encoder.mode

    @property
    def reason(self) -> str:
        """See Encoder."""
        return self._encoder.reason
