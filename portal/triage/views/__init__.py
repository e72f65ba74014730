"""What officers see and do: the queue, one case, and what supervisors watch."""
