"""What probably made them call, found by rule: only what the visit itself proves."""

from lpcontext.visits.attention.model import Attention
from lpcontext.visits.attention.rules import find_attention

__all__ = ["Attention", "find_attention"]
