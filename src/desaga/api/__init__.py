"""How programs are answered: pages of a list, problems in words, and answers that need not be sent twice."""
