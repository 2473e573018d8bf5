"""The components are tried as they are served: without TensorFlow."""

from light import leave_out_tensorflow

leave_out_tensorflow()
