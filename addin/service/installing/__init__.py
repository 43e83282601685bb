"""The add-in on a person's machine: putting it where Excel looks, taking it away, finding what stands in its way."""
