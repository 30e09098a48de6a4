"""What happens here and others must hear of. The sender is the model whose rows have changed."""

from django.dispatch import Signal

rights_changed = Signal()
