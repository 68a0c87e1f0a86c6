package org.mskd.export.card;

import org.mskd.experiment.Neighbours;

/** What a model card says about the neighbours that a network reads beside a slice. */
record NeighbourText(Neighbours neighbours) {
  /** What the network does not know of a scan: a sentence. */
  String limit() {
    return neighbours.none()
        ? "Each slice is segmented by itself, without its neighbours."
        : "Each slice is segmented with %s. Nothing else of the scan is known to the network."
            .formatted(perSide());
  }

  /** Such as {@code 1 neighbour on each side, 5 mm apart}. */
  String perSide() {
    return "%s on each side, %s".formatted(count(), distance());
  }

  /** The channels of an input with neighbours. */
  String channels() {
    return "from feet to head: %s, the slice itself, %s; %s; beyond the scan its end slice is repeated"
        .formatted(count(), count(), distance());
  }

  private String count() {
    return neighbours.perSide() == 1 ? "1 neighbour" : neighbours.perSide() + " neighbours";
  }

  private String distance() {
    return neighbours.distance() == 0
        ? "the adjacent slices"
        : CardNumber.of(neighbours.distance()) + " mm apart";
  }
}
