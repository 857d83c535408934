"""Desaga: technicians visible, recognised, developed and sustained, with proof."""
