/**
 * Runs a graph: {@link org.mskd.graph.runtime.GraphSession} plans the order of the operations and
 * the lifetimes of their arrays, plans the memory by a dry run, and executes each step. {@link
 * org.mskd.graph.runtime.Engine} chooses the execution backend of each kind of operation: kernels
 * in Java, oneDNN, or ND4J's own operations, which are the fallback everywhere.
 */
package org.mskd.graph.runtime;
