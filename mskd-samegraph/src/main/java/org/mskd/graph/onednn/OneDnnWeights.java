package org.mskd.graph.onednn;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.Pointer;

/**
 * Reorders one primitive's weights between the layout of their array and the primitive's preferred
 * layout. That is a small part of the primitive's time; on a frozen device it happens once per
 * array.
 */
final class OneDnnWeights {
  private final OneDnnScope scope;
  private final memory.desc preferred;
  private final memory plain;
  private final memory laid;
  private final Map<Long, memory> kept = new HashMap<>();
  private reorder there;
  private reorder back;

  /**
   * @param plain layout of the array
   * @param preferred layout of the primitive
   */
  OneDnnWeights(OneDnnScope scope, memory.desc plain, memory.desc preferred) {
    this.scope = scope;
    this.preferred = scope.own(preferred);
    this.plain = scope.unbound(plain);
    this.laid = scope.unbound(this.preferred);
  }

  /** An array's weights in the preferred layout; valid until the next call. */
  memory of(Pointer array) {
    return of(array.address(), () -> array);
  }

  /**
   * As {@link #of(Pointer)} for weights that are computed from an array.
   *
   * @param array its address
   * @param weights computes them
   */
  memory of(long array, Supplier<Pointer> weights) {
    if (!scope.device().frozen()) {
      return lay(weights.get(), room());
    }
    memory ready = kept.get(array);
    if (ready == null) {
      ready = lay(weights.get(), scope.room(preferred));
      kept.put(array, ready);
    }
    return ready;
  }

  /** Shared memory for weights in the preferred layout. */
  memory room() {
    laid.set_data_handle(scope.device().shared(OneDnnDevice.Purpose.LAID, preferred.get_size()));
    return laid;
  }

  /** Reorders the content of {@link #room} into an array. */
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
