"""What is doubtful in a model: found in the model and its plan alone, without scoring a lead."""
