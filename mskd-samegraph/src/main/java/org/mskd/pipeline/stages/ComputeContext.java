package org.mskd.pipeline.stages;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mskd.code.CodeIdentity;
import org.mskd.pipeline.request.StageKind;
import org.mskd.pipeline.request.WorkerRequest;
import org.mskd.pipeline.stage.StageSpec;

/**
 * What results of tensor computations depend on besides their inputs.
 *
 * @param threads compute threads
 * @param environment as {@link WorkerRequest#environment}
 */
public record ComputeContext(int threads, SortedMap<String, String> environment) {
  public ComputeContext {
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
  }

  /**
   * The common part of every stage's specification.
   *
   * @param code entry classes of the code that computes the result
   */
  static StageSpec spec(String id, StageKind kind, Class<?>... code) {
    return StageSpec.of(id, kind.id()).with("code", CodeIdentity.of(code));
  }

  /**
   * The common part of the specification of every stage that computes with tensors.
   *
   * @param code entry classes of the code that computes the result
   */
  StageSpec tensorSpec(String id, StageKind kind, Class<?>... code) {
    SortedMap<String, String> named = new TreeMap<>();
    environment.forEach((name, value) -> named.put("environment." + name, value));
    return spec(id, kind, code)
        .withAll(named)
        .with("threads", Integer.toString(threads))
        .with("engine", LoadedEngine.input());
  }
}
