package org.mskd.pipeline.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mskd.doctor.BackendChecks;
import org.mskd.doctor.Check;
import org.mskd.doctor.Finding;
import org.mskd.doctor.TrainingChecks;
import org.mskd.experiment.Network;
import org.mskd.experiment.Normalization;
import org.mskd.pipeline.event.Event;
import org.mskd.pipeline.event.EventLog;
import org.mskd.pipeline.event.ExitCode;
import org.mskd.pipeline.request.WorkerRequest;

/** {@code mskd:doctor}: reports the backend, whether its results are right, and its speed. */
final class Doctor {
  /** The configuration of all figures in the documentation. */
  private static final Network TIMED = new Network(16, 4, Normalization.INSTANCE);

  private static final int BATCH = 4;
  private static final int SIDE = 256;
  private static final int STEPS = 7;

  private Doctor() {}

  static int examine(WorkerRequest request, EventLog events) {
    report(events, "backend      %s", request.backend());
    report(events, "engine       %s", BackendChecks.engine());
    TensorBackend.slowness().ifPresent(text -> report(events, "             %s", text));
    report(events, "machine      %s, JDK %s", machine(), Runtime.version());
    report(events, "threads      %d", request.threads());
    report(
        events,
        "memory       heap %d MiB, off-heap %d MiB",
        Runtime.getRuntime().maxMemory() >> 20,
        BackendChecks.offHeapLimit() >> 20);
    List<String> wrong = examine(BackendChecks.checks(), events);
    report(events, "%-12s %s", "note", BackendChecks.channelsFirstSoftmax());
    TrainingChecks.Timing timing = TrainingChecks.time(TIMED, BATCH, SIDE, STEPS);
    report(
        events,
        "step         %.0f ms for %d slices of %dx%d, base %d, depth %d; resident %d MiB",
        timing.milliseconds(),
        BATCH,
        SIDE,
        SIDE,
        TIMED.baseChannels(),
        TIMED.depth(),
        timing.residentMiB());
    return verdict(wrong, request.backend(), events);
  }

  /** Reports the finding of each check and returns the names of those that fail. */
  static List<String> examine(List<Check> checks, EventLog events) {
    List<String> wrong = new ArrayList<>();
    for (Check check : checks) {
      Finding finding = check.finding();
      String right = finding.right() ? "right" : "WRONG";
      report(events, "%-12s %s: %s", right, finding.check(), finding.detail());
      if (!finding.right()) {
        wrong.add(finding.check());
      }
    }
    return wrong;
  }

  /** The exit code; reports a failure with its remedy if a check failed. */
  static int verdict(List<String> wrong, String backend, EventLog events) {
    if (wrong.isEmpty()) {
      return ExitCode.DONE;
    }
    events.report(
        new Event.Failed(
            "The backend " + backend + " computes wrongly: " + String.join("; ", wrong) + ".",
            "Choose another with <backend>, such as another classifier of nd4j-native."));
    return ExitCode.BAD_INPUT;
  }

  private static String machine() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  private static void report(EventLog events, String format, Object... arguments) {
    events.report(new Event.Message(String.format(Locale.ROOT, format, arguments)));
  }
}
