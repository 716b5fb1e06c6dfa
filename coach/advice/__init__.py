"""What makes a run calming, as advice to its author: each rule is a small function over a plan."""
