def bpe_encode(text, merges):
    """Encode a text by byte-level byte-pair encoding.

    text: str
    merges: list of pairs of ids; the pair at index k forms the id 256 + k, and was learnt before those after it

    Returns a list of ids (int).
    """
    raise NotImplementedError


def bpe_decode(ids, merges):
    """Decode a list of ids.

    ids: list of int, each below 256 + len(merges)
    merges: as above

    Returns str; bytes that are not valid UTF-8 become U+FFFD.
    """
    raise NotImplementedError
