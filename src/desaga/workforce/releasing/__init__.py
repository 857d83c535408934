"""From exact tables to what each audience reads: protected, kept, drawn and written. Pure where it can be."""
