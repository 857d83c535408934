"""The mechanism of tenancy: in whose name a query is made, and what the database lets that name see."""
