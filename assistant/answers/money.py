"""Amounts of money as they are written and as they are said."""

from dataclasses import dataclass
from decimal import Decimal

SIGNS = {"GBP": "£", "USD": "$", "EUR": "€", "JPY": "¥", "KRW": "₩", "CNY": "¥", "INR": "₹"}
WITHOUT_CENTS = {"JPY", "KRW", "VND", "CLP", "ISK"}
"""Currencies without a minor unit (ISO 4217)."""
ENGLISH = {
    "GBP": ("pound", "pounds"), "USD": ("dollar", "dollars"), "EUR": ("euro", "euros"), "JPY": ("yen", "yen"), "KRW": ("won", "won"),
    "CNY": ("yuan", "yuan"), "INR": ("rupee", "rupees"), "AUD": ("dollar", "dollars"), "CAD": ("dollar", "dollars"),
    "CHF": ("franc", "francs"),
}  # fmt: skip
NAMES = {
    "zh": {
        "GBP": "英镑", "USD": "美元", "EUR": "欧元", "JPY": "日元", "KRW": "韩元", "CNY": "元", "INR": "卢比", "AUD": "澳元",
        "CAD": "加元", "CHF": "瑞士法郎",
    },
    "ko": {
        "GBP": "파운드", "USD": "달러", "EUR": "유로", "JPY": "엔", "KRW": "원", "CNY": "위안", "INR": "루피", "AUD": "호주 달러",
        "CAD": "캐나다 달러", "CHF": "프랑",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


def money_text(money: Money, language: str, *, spoken: bool) -> str:
    """"£2.80" for the eye, "2 pounds 80" for the ear; a currency without a name here by its code."""
    amount = f"{money.amount:,.0f}" if money.currency in WITHOUT_CENTS else f"{money.amount:,.2f}"
    if not spoken or (language not in NAMES and language != "en"):
        sign = SIGNS.get(money.currency)
        return f"{sign}{amount}" if sign else f"{amount} {money.currency}"
    units, _, cents = amount.replace(",", "").partition(".")
    if language in NAMES:
        decimals = cents.rstrip("0")
        number = f"{units}.{decimals}" if decimals else units
        return number + NAMES[language].get(money.currency, f" {money.currency}")
    one, many = ENGLISH.get(money.currency, (money.currency, money.currency))
    odd = int(cents or 0)
    return f"{units} {one if units == '1' and not odd else many}" + (f" {odd}" if odd else "")
