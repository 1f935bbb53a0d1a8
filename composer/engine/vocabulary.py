"""Text to tokens and tokens to bytes, by the loaded model's own vocabulary."""

import ctypes
from collections.abc import Sequence

import llama_cpp.llama_cpp as lib

from composer.engine.refusal import Refusal

_PIECE = 256  # bytes of a buffer that nearly every token fits


class Vocabulary:
    """The vocabulary of a model. `size` counts its tokens; `bos` is what every prompt begins with, -1 for nothing."""

    def __init__(self, model: object) -> None:
        self._vocab = lib.llama_model_get_vocab(model)
        self._pieces: dict[int, bytes] = {}
        self.kind: int = lib.llama_vocab_type(self._vocab)
        self.size: int = lib.llama_vocab_n_tokens(self._vocab)
        self.bos: int = lib.llama_vocab_bos(self._vocab) if lib.llama_vocab_get_add_bos(self._vocab) else -1
        self._newline: list[int] = []
        self._space_prefix = False
        if self.kind:  # 0: the file has none
            self._newline = self._cut("\n", False)
            self._space_prefix = self.text(self._cut("a", False)).startswith(b" ")

    def tokens(self, text: str, special: bool = False) -> list[int]:
        """The tokens of a text; `special` lets it hold control tokens. No token is added to it.

        Raises `Refusal("tokens")`.
        """
        if not text:
            return []
        if not self._space_prefix or special:
            return self._cut(text, special)
        # SentencePiece vocabularies put a space before every piece; behind a newline they do not.
        whole, nl = self._cut("\n" + text, False), len(self._newline)
        return whole[nl:] if whole[:nl] == self._newline else self._cut(text, False)

    def text(self, tokens: Sequence[int]) -> bytes:
        """The bytes of tokens, in order: no valid UTF-8 where a character is cut."""
        return b"".join(map(self.piece, tokens))

    def piece(self, token: int) -> bytes:
        """The bytes of a token; nothing for control tokens."""
        data = self._pieces.get(token)
        if data is None:
            size = _PIECE
            buffer = ctypes.create_string_buffer(size)
            length = lib.llama_token_to_piece(self._vocab, token, buffer, size, 0, False)
            if length < -size:  # the bytes it needs, negated
                size = -length
                buffer = ctypes.create_string_buffer(size)
                length = lib.llama_token_to_piece(self._vocab, token, buffer, size, 0, False)
            data = self._pieces[token] = buffer.raw[:length] if 0 < length <= size else b""
        return data

    def ends(self, token: int) -> bool:
        """Whether a token says that the model is done."""
        return bool(lib.llama_vocab_is_eog(self._vocab, token))

    def plain(self, count: int) -> list[int]:
        """`count` tokens that are text, to measure with."""
        tokens = [token % self.size for token in range(1, count + 1)]
        return [token for token in tokens if not lib.llama_vocab_is_control(self._vocab, token)] or [0]

    def _cut(self, text: str, special: bool) -> list[int]:
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        buffer = (lib.llama_token * room)()
        count = lib.llama_tokenize(self._vocab, data, len(data), buffer, room, False, special)
        if count < 0:
            raise Refusal("tokens", str(count))
        return list(buffer[:count])
