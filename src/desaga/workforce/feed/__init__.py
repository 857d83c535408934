"""The feed: released tables as OData 4 and CSV, for programs that draw. It reads what is stored for an audience, and never a row of a person."""
