"""The built-in writer's English: from sentences that were said to lines worth posting."""
