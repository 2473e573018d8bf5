"""What the operator says about lines, stops and trips; alerts for life and safety are another thing."""

from fastapi import APIRouter

from assistant.answers.desk import Desk
from assistant.answers.models import row
from assistant.api.parameters import Language, Name, known
from assistant.conversation.models import SourceRow, Wire


class ServiceAlertRow(Wire):
    """An alert of the operator (GTFS-Realtime `Alert`)."""

    id: str
    header: str
    description: str
    effect: str
    """GTFS-Realtime `Effect`, such as SIGNIFICANT_DELAYS."""
    routes: list[str]
    stops: list[str]
    trips: list[str]
    source: SourceRow


class ServiceAlerts(Wire):
    """What holds now."""

    alerts: list[ServiceAlertRow]


def router(desk: Desk) -> APIRouter:
    """The route of `/v1/service-alerts`."""
    routes = APIRouter(prefix="/v1", tags=["station"])

    @routes.get("/service-alerts")
    def service_alerts(line: Name = None, stop: Name = None, language: Language = "en") -> ServiceAlerts:
        """Alerts of this station and its lines, of a line, or of a stop; empty where no realtime source is set or it is too old."""
        context = desk.context(language)
        found = context.knowledge.alerts(
            context.now, route=known(context, line, "line"), stop=known(context, stop, "stop"), language=language
        )
        return ServiceAlerts(
            alerts=[
                ServiceAlertRow(
                    id=alert.id, header=alert.header, description=alert.description, effect=alert.effect, routes=list(alert.routes),
                    stops=list(alert.stops), trips=list(alert.trips), source=row(alert.source),
                )
                for alert in found
            ]
        )  # fmt: skip

    return routes
