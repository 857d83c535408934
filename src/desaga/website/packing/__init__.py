"""An exhibition made into files to take away: a pack that opens from a folder without network, and a catalogue to print."""
