package org.mskd.graph.onednn;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.Pointer;

/**
 * The way of one primitive's weights between the layout of their array and the one the primitive
 * likes best. It is a small part of the primitive's time, yet on a frozen device it is gone once
 * for each array.
 */
final class OneDnnWeights {
  private final OneDnnScope scope;
  private final memory.desc liked;
  private final memory plain;
  private final memory laid;
  private final Map<Long, memory> kept = new HashMap<>();
  private reorder there;
  private reorder back;

  /**
   * @param plain as they lie in the array
   * @param liked as the primitive wants them
   */
  OneDnnWeights(OneDnnScope scope, memory.desc plain, memory.desc liked) {
    this.scope = scope;
    this.liked = scope.own(liked);
    this.plain = scope.unbound(plain);
    this.laid = scope.unbound(this.liked);
  }

  /** An array's weights as the primitive likes them, until the next weights are asked for. */
  memory of(Pointer array) {
    return of(array.address(), () -> array);
  }

  /**
   * As {@link #of(Pointer)} for weights that are computed from an array.
   *
   * @param array where it lies
   * @param weights computes them
   */
  memory of(long array, Supplier<Pointer> weights) {
    if (!scope.device().frozen()) {
      return lay(weights.get(), room());
    }
    memory ready = kept.get(array);
    if (ready == null) {
      ready = lay(weights.get(), scope.room(liked));
      kept.put(array, ready);
    }
    return ready;
  }

  /** Shared memory for weights as the primitive likes them. */
  memory room() {
    laid.set_data_handle(scope.device().shared(OneDnnDevice.Purpose.LAID, liked.get_size()));
    return laid;
  }

  /** Puts what the primitive left in {@link #room} where an array's weights lie. */
  void giveBack(Pointer array) {
    plain.set_data_handle(array);
    if (back == null) {
      back = scope.own(new reorder(laid, plain));
    }
    back.execute(scope.device().queue(), laid, plain);
    scope.device().queue()._wait();
  }

  private memory lay(Pointer weights, memory target) {
    plain.set_data_handle(weights);
    if (there == null) {
      there = scope.own(new reorder(plain, target));
    }
    there.execute(scope.device().queue(), plain, target);
    return target;
  }
}
