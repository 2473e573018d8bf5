"""Readings as messages bring them: SenML, sensor.community, Zigbee2MQTT; and how ours are told to others."""
