"""What probably made them call, found by rule: only what the visit itself proves."""

from lpcontext.visits.attention.finding import find_attention
from lpcontext.visits.attention.model import Attention

__all__ = ["Attention", "find_attention"]
