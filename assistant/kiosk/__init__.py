"""The kiosk page's server side: one WebSocket, typed messages both ways."""
