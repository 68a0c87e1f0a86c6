/**
 * Measurement on both sides: {@link org.mskd.benchmark.measure.Timing} of repeated steps, {@link
 * org.mskd.benchmark.measure.Resident} memory of the process, and {@link
 * org.mskd.benchmark.measure.Results}, the file with a JVM's figures for the driver.
 */
package org.mskd.benchmark.measure;
