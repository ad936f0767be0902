"""What the public reports, what the duty officer answers, and the incidents that follow, each with its clock."""
