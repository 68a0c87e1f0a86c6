/**
 * Options of training methods: one declaration gives an option's name, type, default, bounds and
 * help. The POM schema, the {@code -Dmskd.*} properties, the help, the documentation's table and
 * the inputs of stages are made from it. Nothing here needs tensors.
 */
package org.mskd.option;
