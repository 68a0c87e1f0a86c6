package org.mskd.maven.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.pipeline.event.Event;

/** Summary of a worker's events, for the last line of the build. */
final class RunStory {
  private boolean hasOutput;
  private boolean waited;
  private int done;
  private int upToDate;
  private int restored;
  private final List<Event.Cancelled> cancelled = new ArrayList<>();
  private Optional<Event.Failed> failure = Optional.empty();

  /** The last checkpoint of each running stage, in the order of their starts. */
  private final Map<String, Optional<Event.Checkpointed>> underWay = new LinkedHashMap<>();

  void note(Event event) {
    if (event instanceof Event.WorkerStarted) {
      hasOutput = true;
    } else if (event instanceof Event.Message && !hasOutput) {
      waited = true;
    } else if (event instanceof Event.StageStarted started) {
      underWay.put(started.stage(), Optional.empty());
    } else if (event instanceof Event.Resumed resumed) {
      checkpoint(new Event.Checkpointed(resumed.stage(), resumed.step(), resumed.steps()));
    } else if (event instanceof Event.Checkpointed made) {
      checkpoint(made);
    } else if (event instanceof Event.StageDone stage) {
      underWay.remove(stage.stage());
      done++;
    } else if (event instanceof Event.StageLeftOut failed) {
      underWay.remove(failed.stage());
    } else if (event instanceof Event.StageSkipped) {
      upToDate++;
    } else if (event instanceof Event.Restored) {
      restored++;
    } else if (event instanceof Event.Cancelled stage) {
      cancelled.add(stage);
    } else if (event instanceof Event.Failed failed) {
      failure = Optional.of(failed);
    }
  }

  private void checkpoint(Event.Checkpointed made) {
    underWay.put(made.stage(), Optional.of(made));
  }

  /** Whether the worker waits for another run to release the output directory. */
  boolean isWaiting() {
    return waited && !hasOutput;
  }

  /** Whether the worker has got the lock on the output directory. */
  boolean hasOutput() {
    return hasOutput;
  }

  Optional<Event.Failed> failure() {
    return failure;
  }

  /** Such as {@code : 5 stages run, 3 up to date}; empty for a goal without stages. */
  String counts() {
    if (done + upToDate + restored == 0) {
      return "";
    }
    return ": "
        + (done == 1 ? "1 stage run, " : done + " stages run, ")
        + (restored == 0 ? "" : restored + " restored, ")
        + upToDate
        + " up to date";
  }

  /** The last line of a cancelled run: how it ended, and what is kept. */
  String cancelledLine() {
    if (isWaiting()) {
      return "Cancelled while waiting for the output directory, before anything was done.";
    }
    if (!cancelled.isEmpty()) {
      return "Cancelled: "
          + String.join(", ", cancelled.stream().map(RunStory::text).toList())
          + ", with a checkpoint. Run the same goal again: it resumes there.";
    }
    if (underWay.isEmpty() && isNothingDone()) {
      return "Cancelled before anything was done. Run the same goal again.";
    }
    return "Cancelled" + progressText() + ".";
  }

  private boolean isNothingDone() {
    return done + restored == 0;
  }

  private static String text(Event.Cancelled stage) {
    return stage.stage() + " at iteration " + stage.step() + " of " + stage.steps();
  }

  /**
   * Text about the running stages and what is kept of them, such as {@code during teacher liver;
   * its last checkpoint is of iteration 250 of 1000. Run the same goal again: it resumes there}.
   */
  String progressText() {
    if (underWay.isEmpty()) {
      return isNothingDone()
          ? " before anything was done. Run the same goal again"
          : " between stages. Finished stages are kept: run the same goal again";
    }
    List<Event.Checkpointed> checkpoints =
        underWay.values().stream().flatMap(Optional::stream).toList();
    String stages = " during " + String.join(", ", underWay.keySet());
    return checkpoints.isEmpty()
        ? stages
            + ". Scans that were prepared and stages that were finished are kept. Run the same goal"
            + " again: it continues with that stage"
        : stages
            + "; last checkpoint: "
            + String.join(", ", checkpoints.stream().map(RunStory::text).toList())
            + ". Run the same goal again: it resumes there";
  }

  private static String text(Event.Checkpointed made) {
    return made.stage() + " at iteration " + made.step() + " of " + made.steps();
  }
}
