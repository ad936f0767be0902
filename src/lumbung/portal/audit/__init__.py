"""The record of every act: who, what, when, from where, why. Append-only, without foreign keys."""
