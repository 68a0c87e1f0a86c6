package org.mskd.method;

/** A part of a method's loss; a method minimises the weighted sum of its objectives. */
public interface Objective {
  /** Adds the objective to the graph of a network. */
  LossTerms add(ObjectiveGraph graph);
}
