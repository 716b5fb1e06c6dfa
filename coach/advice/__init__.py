"""Advice on what makes a run calm: each rule is a function of a plan."""
