/**
 * The course of a training: {@code history.jsonl}, one line per iteration, as values for charts and
 * as a CSV table.
 */
package org.mskd.history;
