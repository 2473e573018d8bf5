"""Sensors on the machine's own wires: serial ports and I²C buses."""
