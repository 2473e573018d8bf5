import java.nio.file.Path;
import java.time.LocalDate;
import org.mobilitydata.gtfsvalidator.input.CountryCode;
import org.mobilitydata.gtfsvalidator.runner.ApplicationType;
import org.mobilitydata.gtfsvalidator.runner.ValidationRunner;
import org.mobilitydata.gtfsvalidator.runner.ValidationRunnerConfig;
import org.mobilitydata.gtfsvalidator.util.VersionResolver;

/** Validates a feed: arguments are the zipped feed, the folder for the report, and the day. */
class Validate {
  public static void main(String[] arguments) {
    var config = ValidationRunnerConfig.builder()
        .setGtfsSource(Path.of(arguments[0]).toUri())
        .setOutputDirectory(Path.of(arguments[1]))
        .setCountryCode(CountryCode.forStringOrUnknown("GB"))
        .setDateForValidation(LocalDate.parse(arguments[2]))
        .setNumThreads(1)
        .setPrettyJson(true)
        .setSkipValidatorUpdate(true)
        .build();
    new ValidationRunner(new VersionResolver(ApplicationType.CLI)).run(config);
    System.exit(0); // its worker threads would keep the process alive for minutes
  }
}
