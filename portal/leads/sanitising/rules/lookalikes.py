"""Letters and signs by what they look like (Unicode TS 39 for the idea; the usual ones)."""
# ruff: noqa: RUF001 - that they look like others is what they are here for

ALIKE = (
    ("a", "аɑαΑАᎪ"), ("b", "вВΒЬᏴƅЪъь"), ("c", "сСϲϹᏟⅽ"), ("d", "ԁᎠɗđĐ"), ("e", "еЕєЄεΕεᎬɛℯ"),
    ("f", "ƒϝſ"), ("g", "ɡցԍᏀɢ"), ("h", "һНнΗᎻհҺ"), ("i", "іІιΙӀıɩɪℹ"), ("j", "јЈϳյ"),
    ("k", "кКκΚᏦĸқҚ"), ("l", "ӏⅼℓŁłǀ"), ("m", "мМΜᎷⅿ"), ("n", "пήηΝոռɴ"), ("o", "оОοΟօՕσ໐०ᴏøØ"),
    ("p", "рРρΡᏢ"), ("q", "ԛգզ"), ("r", "гᎡʀяЯ"), ("s", "ѕЅՏᏚʂ"), ("t", "тТτΤᎢŧ"), ("u", "υսᴜʋцս"),
    ("v", "νѵѴᏙⅴ"), ("w", "ԝᎳωшѡ"), ("x", "хХχΧⅹ"), ("y", "уУүΥγҮʏў"), ("z", "ᏃΖʐ"),
)  # fmt: skip
LOOKS = {other: latin for latin, others in ALIKE for other in others}
LIKE_LETTERS = {  # signs and letters that stand for others, in the text and in the secret alike
    "0": "o", "1": "l", "i": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b",
    "m": "rn", "w": "vv",
}  # fmt: skip
SIGNS = {"$": "s", "@": "a"}  # read as letters once, and once as signs
