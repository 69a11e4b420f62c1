#include "trace/trace-target_arm_hyptrace.h"
