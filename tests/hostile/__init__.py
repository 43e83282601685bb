"""Files that mean harm: each comes to findings or to one clear line, in bounded time, and changes nothing."""
