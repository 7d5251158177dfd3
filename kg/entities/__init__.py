"""What a text names: numbers with their symbols, dates, periods, bodies, enterprises, units of the administration."""
